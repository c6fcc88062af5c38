module example.org/storefront/api

go 1.21
