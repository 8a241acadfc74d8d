import Icon from '@cloudscape-design/components/icon';

/** The red flag of a member with an open flag. */
export function RedFlag({ label }: { label: string }) {
  return (
    <Icon
      variant="error"
      ariaLabel={label}
      svg={
        <svg viewBox="0 0 16 16" focusable="false" aria-hidden="true" data-testid="red-flag">
          <path className="filled" d="M3 1h2v1h9l-2.5 4 2.5 4H5v5H3z" fill="currentColor" stroke="none" />
        </svg>
      }
    />
  );
}
