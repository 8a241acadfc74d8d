/** Where the settings of a rule are. */
export function settingsOf(rule: string): string {
  return `/settings/red-flags#${rule}`;
}
