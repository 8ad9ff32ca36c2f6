/** What each paste type takes along (reference "PasteType", 2026). */

export const PASTE_TYPES = [
  'PASTE_NORMAL',
  'PASTE_VALUES',
  'PASTE_FORMAT',
  'PASTE_NO_BORDERS',
  'PASTE_FORMULA',
  'PASTE_DATA_VALIDATION',
  'PASTE_CONDITIONAL_FORMATTING',
] as const;

export type PasteType = (typeof PASTE_TYPES)[number];

interface Pasted {
  /** A formula, what it shows, or nothing. */
  value: 'formula' | 'result' | 'none';
  format: boolean;
  validation: boolean;
  note: boolean;
  merges: boolean;
  conditionalFormats: boolean;
}

const nothing: Pasted = {
  value: 'none',
  format: false,
  validation: false,
  note: false,
  merges: false,
  conditionalFormats: false,
};

export const PASTED: Record<PasteType, Pasted> = {
  PASTE_NORMAL: {
    value: 'formula',
    format: true,
    validation: true,
    note: true,
    merges: true,
    conditionalFormats: true,
  },
  PASTE_VALUES: { ...nothing, value: 'result' },
  PASTE_FORMAT: { ...nothing, format: true, validation: true, conditionalFormats: true },
  PASTE_NO_BORDERS: {
    ...nothing,
    value: 'formula',
    format: true,
    validation: true,
    note: true,
    merges: true,
  },
  PASTE_FORMULA: { ...nothing, value: 'formula' },
  PASTE_DATA_VALIDATION: { ...nothing, validation: true },
  PASTE_CONDITIONAL_FORMATTING: { ...nothing, conditionalFormats: true },
};
