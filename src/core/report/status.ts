import type { RowStatus } from '../model/diff';

/** How a status is shown everywhere: never by colour alone. */
export interface StatusLook {
  /** One character, one cell wide. */
  readonly glyph: string;
  /** For a label: `In step`. */
  readonly label: string;
  /** Inside a sentence or a table: `in step`. */
  readonly word: string;
  /** What it means, for a legend or a tooltip. */
  readonly meaning: string;
}

export const statusLooks: Readonly<Record<RowStatus, StatusLook>> = {
  drift: {
    glyph: '≠',
    label: 'Drift',
    word: 'drift',
    meaning: 'Installed, in another version than the flake asks for.',
  },
  missing: { glyph: '−', label: 'Missing', word: 'missing', meaning: 'The flake asks for it; it is not installed.' },
  shadowed: {
    glyph: '⊘',
    label: 'Hidden',
    word: 'hidden',
    meaning: 'The right copy is installed, but another one comes first on PATH.',
  },
  unknown: { glyph: '?', label: 'Unknown', word: 'unknown', meaning: 'Could not be judged; the reason says why.' },
  match: { glyph: '✓', label: 'In step', word: 'in step', meaning: 'Installed as the flake asks.' },
  extra: { glyph: '+', label: 'Extra', word: 'extra', meaning: 'Installed; the flake does not ask for it.' },
};

/** From what needs doing to what does not: the order of sections and bars. */
export const statusOrder: readonly RowStatus[] = ['missing', 'drift', 'shadowed', 'unknown', 'match', 'extra'];
