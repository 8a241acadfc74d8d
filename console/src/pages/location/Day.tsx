import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { clockOf } from '@/shared/clock';
import { FieldError } from '@/shared/FieldError';
import type { Problems } from './draft';
import { isOvernight, MOST_SPANS, USUAL, type DayHours, type OpenSpan } from './hours';

const KINDS = [
  { value: 'closed', label: 'Closed' },
  { value: 'hours', label: 'Open' },
  { value: 'all_day', label: 'Open all day' },
];

interface Props {
  name: string;
  /** What the day after it is called. */
  next: string;
  /** The path by which the API names its hours. */
  path: string;
  value: DayHours;
  problems: Problems;
  editable: boolean;
  onChange: (hours: DayHours) => void;
}

/** The hours of one day: closed, all day, or some spans of time. */
export function Day({ name, next, path, value, problems, editable, onChange }: Props) {
  const { kind, spans } = value;
  const change = (changed: OpenSpan[]) => {
    onChange(changed.length === 0 ? { kind: 'closed', spans: [] } : { kind: 'hours', spans: changed });
  };
  return (
    <div className="day" role="group" aria-label={name}>
      <Box fontWeight="bold">{name}</Box>
      <Select
        ariaLabel={`${name}: open or closed`}
        readOnly={!editable}
        options={KINDS}
        selectedOption={KINDS.find((each) => each.value === kind) ?? null}
        onChange={({ detail }) => {
          const chosen = detail.selectedOption.value as DayHours['kind'];
          onChange({ kind: chosen, spans: chosen === 'hours' && spans.length === 0 ? [USUAL] : spans });
        }}
      />
      <div className="spans">
        {kind === 'hours' &&
          spans.map((span, index) => (
            <Span
              // Spans have nothing to be told apart by but their place.
              key={index}
              name={spans.length === 1 ? name : `${name} (${index + 1})`}
              next={next}
              span={span}
              wrong={wrongOf(problems, `${path}.${index}`)}
              editable={editable}
              onChange={(changed) => {
                change(spans.map((each, at) => (at === index ? changed : each)));
              }}
              onRemove={() => {
                change(spans.filter((_, at) => at !== index));
              }}
              onAdd={
                index === spans.length - 1 && spans.length < MOST_SPANS
                  ? () => {
                      change([...spans, { open: '', close: '' }]);
                    }
                  : null
              }
            />
          ))}
      </div>
    </div>
  );
}

interface Wrong {
  end: 'open' | 'close';
  sentence: string;
}

/** What is wrong with a span; what the API says of it as a whole is told at its opening. */
function wrongOf(problems: Problems, path: string): Wrong | null {
  const close = problems[`${path}.close`];
  if (close !== undefined) return { end: 'close', sentence: close };
  const open = problems[`${path}.open`] ?? problems[path];
  return open === undefined ? null : { end: 'open', sentence: open };
}

interface SpanProps {
  name: string;
  next: string;
  span: OpenSpan;
  wrong: Wrong | null;
  editable: boolean;
  onChange: (span: OpenSpan) => void;
  onRemove: () => void;
  /** Adds hours after these; null where none can be. */
  onAdd: (() => void) | null;
}

function Span({ name, next, span, wrong, editable, onChange, onRemove, onAdd }: SpanProps) {
  const time = (end: 'open' | 'close', label: string) => (
    <span className="number">
      <Input
        ariaLabel={`${name}, ${label}`}
        placeholder="hh:mm"
        readOnly={!editable}
        invalid={wrong?.end === end}
        value={span[end]}
        onChange={({ detail }) => {
          onChange({ ...span, [end]: detail.value });
        }}
        onBlur={() => {
          if (clockOf(span[end]) !== span[end]) onChange({ ...span, [end]: clockOf(span[end]) });
        }}
      />
    </span>
  );
  return (
    <div>
      <div className="span">
        {time('open', 'from')} to {time('close', 'to')}
        {editable && (
          <Button
            variant="icon"
            iconName="close"
            ariaLabel={`${name}: remove these hours`}
            onClick={onRemove}
          />
        )}
        {editable && onAdd && (
          <Button variant="icon" iconName="add-plus" ariaLabel={`${name}: add hours`} onClick={onAdd} />
        )}
        {isOvernight(span) && <Box color="text-body-secondary">until {next}</Box>}
      </div>
      {wrong !== null && <FieldError>{wrong.sentence}</FieldError>}
    </div>
  );
}
