declare const __LOCKSTEP_BUILD__: string | undefined;

/**
 * Names this build of Lockstep: a digest of its bundle, put here by scripts/lib/build-name.mjs. Undefined where the
 * sources run as they are, as in tests: they change without a sign.
 */
export const BUILD: string | undefined = typeof __LOCKSTEP_BUILD__ === 'string' ? __LOCKSTEP_BUILD__ : undefined;
