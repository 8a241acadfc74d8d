import type { BCheckIns, RedFlag } from '@/api/reports';
import { AppLink } from '@/shared/AppLink';
import { gapInWords, timesInWords } from './gaps';
import './report.css';

type PairMember = BCheckIns['member'];

/** Who followed, where, how closely and how often; each with their account and the flag from their side. */
export function BCheckInsList({ row }: { row: RedFlag }) {
  if (row.b_check_ins.length === 0) return <>–</>;
  return (
    <ul className="b-check-ins" aria-label="B check-ins">
      {row.b_check_ins.map((line) => (
        <li key={keyOf(line)}>
          {/* Who came first changes from line to line; the row names only the first one's. */}
          {line.first_member.member_id !== row.first_member?.member_id && (
            <>
              <Account member={line.first_member} />, then{' '}
            </>
          )}
          <Account member={line.member} />
          <br />
          {placeOf(line)} · {timesInWords(line.times)} · {gapInWords(line)} apart
          {otherRow(row, line)}
        </li>
      ))}
    </ul>
  );
}

/** A member by name, linked to their account. */
export function Account({ member }: { member: RedFlag['member'] }) {
  return <AppLink href={`/members/${member.member_id}`}>{member.name ?? 'A former member'}</AppLink>;
}

function otherRow(row: RedFlag, line: BCheckIns) {
  const other = [line.first_member, line.member].find(({ member_id }) => member_id !== row.member.member_id);
  if (!other?.flag_id) return null;
  return (
    <>
      {' · '}
      <AppLink href={`/reports/red-flags?flag=${other.flag_id}`}>Show {nameOf(other)}’s flag</AppLink>
    </>
  );
}

function nameOf(member: PairMember): string {
  return member.name ?? 'the other member';
}

function placeOf({ location, cell }: BCheckIns): string {
  if (cell !== null) return `Phone position ${cell}`;
  return location ? (location.name ?? 'A former location') : 'No location';
}

function keyOf(line: BCheckIns): string {
  return [line.first_member.member_id, line.member.member_id, line.location?.location_id, line.cell].join();
}
