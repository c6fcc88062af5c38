import type { BuiltinGroup } from './define';

export const formatBuiltins: BuiltinGroup = {};
