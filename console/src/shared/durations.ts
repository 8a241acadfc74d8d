const HOUR = 3_600;

/** A span of seconds in words, such as "4 min 5 s": its parts that are not zero, to a second. */
export function spanInWords(seconds: number): string {
  const whole = Math.floor(seconds);
  const parts: [number, string][] = [
    [Math.floor(whole / HOUR), 'h'],
    [Math.floor((whole % HOUR) / 60), 'min'],
    [whole % 60, 's'],
  ];
  const given = parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`);
  return given.join(' ') || '0 s';
}

/** How long is left, as a clock that counts down: "1:02:03", "12:34"; it ends at "0:00". */
export function clock(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  const hours = Math.floor(seconds / HOUR);
  const minutes = Math.floor((seconds % HOUR) / 60);
  const shown = hours > 0 ? [hours, pair(minutes)] : [minutes];
  return [...shown, pair(seconds % 60)].join(':');
}

function pair(amount: number): string {
  return String(amount).padStart(2, '0');
}
