/** What a queue's order goes by: when a flag was raised, then its id. */
export interface Place {
  flag_id: string;
  raised_at: string;
}

interface Decidable extends Place {
  member_id: string;
  status: string;
}

/** The flag after (1) or before (-1) another in a list; that one may have left it. Null at the end. */
export function neighbour<T extends Place>(list: T[], from: Place | null, step: 1 | -1): T | null {
  if (from === null) return (step === 1 ? list[0] : list.at(-1)) ?? null;
  const there =
    step === 1 ? list.find((each) => order(each, from) > 0) : list.findLast((each) => order(each, from) < 0);
  return there ?? null;
}

/** Where to go on after a decision, which was about all open flags of the member; null when all is done. */
export function following<T extends Decidable>(list: T[], decided: Decidable): T | null {
  const left = list.filter(({ status, member_id }) => status === 'open' && member_id !== decided.member_id);
  return neighbour(left, decided, 1) ?? left[0] ?? null;
}

function order(one: Place, other: Place): number {
  const [a, b] = [placeOf(one), placeOf(other)];
  return a < b ? -1 : Number(a > b);
}

function placeOf({ raised_at, flag_id }: Place): string {
  return `${raised_at}#${flag_id}`;
}
