/** Where the function `derivation` is written, as errors tell it. */
export const DERIVATION_FILE = '«nix-internal»/derivation-internal.nix';
