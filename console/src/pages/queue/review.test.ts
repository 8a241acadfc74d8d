import { expect, test } from 'vitest';
import type { Decided, Flag, Profile } from '@/api/members';
import { Refused } from '@/api/problem';
import { review, type ReviewApi, type Intent } from './review';

function flag(flag_id: string, status = 'open'): Flag {
  const evidence = { sentence: `Sentence of ${flag_id}.` };
  return { flag_id, member_id: 'ana', status, evidence, decided_by: 'bo' } as Flag;
}

/** An API whose flag `f` has these statuses, one after the other; it keeps what was decided. */
function api(statuses: string[], { others = [] as Flag[], refusal = '' } = {}) {
  const decided: string[] = [];
  const left = [...statuses];
  const at: ReviewApi = {
    readFlag: () => Promise.resolve(flag('f', left.shift())),
    readMember: () => Promise.resolve({ flags: [flag('f', statuses[0]), ...others] } as Profile),
    decide: (memberId, action, reason) => {
      if (refusal !== '') return Promise.reject(new Refused('No.', { status: 409, code: refusal }));
      decided.push(`${action} ${memberId}: ${reason}`);
      return Promise.resolve({ member_id: memberId } as Decided);
    },
  };
  return { at, decided };
}

const INTENT: Intent = { flag: flag('f'), action: 'verify', reason: 'Seen', seen: ['f'] };

test('a flag that is as it was seen is decided on', async () => {
  const { at, decided } = api(['open']);
  expect(await review(INTENT, at)).toEqual({ decided: { member_id: 'ana' } });
  expect(decided).toEqual(['verify ana: Seen']);
});

test('a flag that somebody else has decided on is shown, and nothing is written', async () => {
  const { at, decided } = api(['confirmed']);
  expect(await review(INTENT, at)).toEqual({ faster: flag('f', 'confirmed') });
  expect(decided).toEqual([]);
});

test.each(['not_flagged', 'already_blocked'])(
  '%s tells of somebody faster by an instant',
  async (refusal) => {
    const { at } = api(['open', 'verified'], { refusal });
    expect(await review(INTENT, at)).toEqual({ faster: flag('f', 'verified') });
  },
);

test('a refusal that no other decision explains stays one', async () => {
  await expect(review(INTENT, api(['open', 'open'], { refusal: 'already_blocked' }).at)).rejects.toThrow(
    'No.',
  );
  await expect(review(INTENT, api(['open', 'verified'], { refusal: 'forbidden' }).at)).rejects.toThrow('No.');
});

test('a flag that was raised meanwhile is looked at before it is decided on too', async () => {
  const { at, decided } = api(['open', 'open'], { others: [flag('g')] });
  await expect(review(INTENT, at)).rejects.toThrow('Sentence of g.');
  expect(decided).toEqual([]);
  await review({ ...INTENT, seen: ['f', 'g'] }, at);
  expect(decided).toHaveLength(1);
});

test('a block is taken back once', async () => {
  const intent: Intent = { ...INTENT, flag: flag('f', 'confirmed'), action: 'unblock' };
  const first = api(['confirmed'], { others: [flag('g')] });
  await review(intent, first.at);
  expect(first.decided).toEqual(['unblock ana: Seen']);
  expect(await review(intent, api(['overturned']).at)).toEqual({ faster: flag('f', 'overturned') });
});
