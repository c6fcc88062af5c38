{
  lib,
  stdenv,
  rustPlatform,
  pkg-config,
  openssl,
  sqlite,
  libiconv,
}:

rustPlatform.buildRustPackage {
  pname = "quill";
  version = "0.9.2";

  src = lib.cleanSource ./.;
  cargoLock.lockFile = ./Cargo.lock;

  nativeBuildInputs = [ pkg-config ];
  buildInputs = [
    openssl
    sqlite
  ]
  ++ lib.optionals stdenv.hostPlatform.isDarwin [ libiconv ];

  meta = {
    description = "Writes release notes from the history of a repository";
    license = lib.licenses.mit;
    mainProgram = "quill";
  };
}
