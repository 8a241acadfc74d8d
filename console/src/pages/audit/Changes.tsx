import ExpandableSection from '@cloudscape-design/components/expandable-section';
import type { Entry } from '@/api/audit';
import { changesBetween, type Change } from './changes';
import './audit.css';

const FEW = 3;

/** What an entry says was changed; much is folded away. */
export function Changes({ entry }: { entry: Entry }) {
  const changes = changesBetween(entry.before, entry.after);
  if (changes.length === 0) return <>–</>;
  if (changes.length <= FEW) return <Lines changes={changes} />;
  return (
    <ExpandableSection variant="inline" headerText={`${changes.length} values`}>
      <Lines changes={changes} />
    </ExpandableSection>
  );
}

function Lines({ changes }: { changes: Change[] }) {
  return (
    <ul className="entry-changes">
      {changes.map(({ what, before, after }) => (
        <li key={what}>
          <b>{what}</b>: {before} <span aria-label="became">→</span> {after}
        </li>
      ))}
    </ul>
  );
}
