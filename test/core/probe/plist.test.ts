import { expect, test } from 'vitest';
import { readPlistKey } from '../../../src/core/probe/sources/plist';
import { machine } from './machine';

/** What Python's plistlib wrote of twenty keys: more than a marker of four bits counts. */
const BINARY = [
  'YnBsaXN0MDDfEBQBAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoXxAaQ0ZCdW5kbGVTaG9ydFZlcnNpb25TdHJpbmdUS2',
  'V5MFRLZXkxVUtleTEwVUtleTExVUtleTEyVUtleTEzVUtleTE0VUtleTE1VUtleTE2VUtleTE3VEtleTJUS2V5M1RLZXk0VEtleTVUS2V5NlRL',
  'ZXk3VEtleThUS2V5OV8QGE5TSHVtYW5SZWFkYWJsZUNvcHlyaWdodFYxLjk5LjBSdjBSdjFTdjEwU3YxMVN2MTJTdjEzU3YxNFN2MTVTdjE2U3',
  'YxN1J2MlJ2M1J2NFJ2NVJ2NlJ2N1J2OFJ2OV8QFUNvcHlyaWdodCBvZiBzb21lYm9keQAIADMAUABVAFoAYABmAGwAcgB4AH4AhACKAI8AlACZ',
  'AJ4AowCoAK0AsgDNANQA1wDaAN4A4gDmAOoA7gDyAPYA+gD9AQABAwEGAQkBDAEPARIAAAAAAAACAQAAAAAAAAApAAAAAAAAAAAAAAAAAAABKg',
  '==',
].join('');

const at = '/Applications/X.app/Contents/Info.plist';
const read = (base64: string, key: string) => readPlistKey(machine({ [at]: { base64 } }).fs, at, key);

test('a binary list of many keys', () => {
  expect(read(BINARY, 'CFBundleShortVersionString')).toBe('1.99.0');
  expect(read(BINARY, 'Key17')).toBe('v17');
  expect(read(BINARY, 'NSHumanReadableCopyright')).toBe('Copyright of somebody');
  expect(read(BINARY, 'Nothing')).toBeUndefined();
});

test('a broken one gives less, and nothing else', () => {
  const bytes = Buffer.from(BINARY, 'base64');
  for (let place = 0; place < bytes.length; place += 1) {
    const broken = Buffer.from(bytes);
    broken[place] = 0xff;
    const value = read(broken.toString('base64'), 'CFBundleShortVersionString');
    expect(value === undefined || typeof value === 'string').toBe(true);
    expect(read(bytes.subarray(0, place).toString('base64'), 'CFBundleShortVersionString')).toBeUndefined();
  }
});
