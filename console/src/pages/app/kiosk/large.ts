/** Buttons as large as a finger. */
export const LARGE = { root: { paddingBlock: '1rem' } };
