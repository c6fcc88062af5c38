# What is needed to run the product, on a laptop and in the cluster.
{ pkgs }:
with pkgs;
[
  docker-compose
  kubectl
  tilt
  redis
  postgresql_15
  jq
]
