/** What is taken out. */
export type RedactionKind =
  | 'home path'
  | 'user name'
  | 'host name'
  | 'IP address'
  | 'MAC address'
  | 'e-mail address'
  | 'token'
  | 'credentials'
  | 'secret'
  | 'identifier';

/** What stands in its place. */
export const replacements: Readonly<Record<RedactionKind, string>> = {
  'home path': '~',
  'user name': '<user>',
  'host name': '<host>',
  'IP address': '<ip>',
  'MAC address': '<mac>',
  'e-mail address': '<email>',
  token: '<token>',
  credentials: '<credentials>',
  secret: '<secret>',
  identifier: '<id>',
};

/** Told of everything that is taken out. */
export type Note = (kind: RedactionKind, original: string) => void;
