import type { BuiltinGroup } from './define';

export const flakeRefBuiltins: BuiltinGroup = {};
