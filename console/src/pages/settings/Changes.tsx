import type { Change } from './changes';

/** Changes in words, one a line. */
export function Changes({ changes }: { changes: (Change & { overruled?: boolean })[] }) {
  return (
    <ul className="changes">
      {changes.map(({ path, label, what, overruled }) => (
        <li key={path}>
          <b>{label}</b>: {what}
          {overruled && ' (you have changed this too; yours is kept until you save or discard)'}
        </li>
      ))}
    </ul>
  );
}
