import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import Box from '@cloudscape-design/components/box';
import Toggle from '@cloudscape-design/components/toggle';
import { useId, type ReactNode } from 'react';
import { clockOf } from '@/shared/clock';
import { FieldError } from '@/shared/FieldError';
import { useEdited } from './editor';
import { MODES } from '@/generated/settings';
import { fieldAt, FIELDS, rangeInWords, rangeOf, type Choice, type Path, type PathOf } from './fields';

/** A number within a sentence. */
export function Whole({ path }: { path: PathOf<'whole'> }) {
  const { form, editable, problems, set } = useEdited();
  const field = FIELDS[path];
  return (
    <span className={field.high > 9999 ? 'number wide' : 'number'}>
      <Input
        ariaLabel={`${field.label} (${rangeInWords(field)})`}
        inputMode="numeric"
        readOnly={!editable}
        invalid={problems[path] !== undefined}
        value={String(form[path])}
        onChange={({ detail }) => {
          set(path, detail.value);
        }}
      />
    </span>
  );
}

/** A time of day within a sentence. */
export function Clock({ path }: { path: PathOf<'clock'> }) {
  const { form, editable, problems, set } = useEdited();
  const value = String(form[path]);
  return (
    <span className="number">
      <Input
        ariaLabel={FIELDS[path].label}
        placeholder="hh:mm"
        readOnly={!editable}
        invalid={problems[path] !== undefined}
        value={value}
        onChange={({ detail }) => {
          set(path, detail.value);
        }}
        onBlur={() => {
          if (clockOf(value) !== value) set(path, clockOf(value));
        }}
      />
    </span>
  );
}

/** One of a few words within a sentence. */
export function Words({ path }: { path: PathOf<'choice'> }) {
  const { form, editable, set } = useEdited();
  const field: Choice = FIELDS[path];
  const options = Object.entries(field.words).map(([value, label]) => ({ value, label }));
  return (
    <span className="words">
      <Select
        ariaLabel={field.label}
        readOnly={!editable}
        options={options}
        selectedOption={options.find(({ value }) => value === form[path]) ?? null}
        onChange={({ detail }) => {
          set(path, detail.selectedOption.value ?? '');
        }}
      />
    </span>
  );
}

/** Whether something is so, within a sentence. */
export function Check({ path }: { path: PathOf<'switch'> }) {
  const { form, editable, set } = useEdited();
  return (
    <span className="check">
      <Checkbox
        ariaLabel={FIELDS[path].label}
        checked={form[path] === true}
        readOnly={!editable}
        onChange={({ detail }) => {
          set(path, detail.checked);
        }}
      />
    </span>
  );
}

/** The input of a setting within a sentence. */
export function Within({ path }: { path: Path }) {
  switch (fieldAt(path).kind) {
    case 'whole':
      return <Whole path={path as PathOf<'whole'>} />;
    case 'clock':
      return <Clock path={path as PathOf<'clock'>} />;
    case 'choice':
      return <Words path={path as PathOf<'choice'>} />;
    case 'switch':
      return <Check path={path as PathOf<'switch'>} />;
    default:
      throw new Error(`${path} has no input within a sentence.`);
  }
}

interface SentenceProps {
  /** The settings in the sentence, for what is wrong with them and for their ranges. */
  of: readonly Path[];
  children: ReactNode;
  /** What to know besides. */
  hint?: ReactNode;
}

/** A limit as a sentence with its numbers in it, its defaults and ranges below. */
export function Sentence({ of, children, hint }: SentenceProps) {
  const { problems } = useEdited();
  const ranges = of
    .map(fieldAt)
    .map(rangeOf)
    .filter((range) => range !== null);
  return (
    <div>
      <div className="sentence">{children}</div>
      {of.map((path) =>
        problems[path] === undefined ? null : (
          <FieldError key={path}>{`${FIELDS[path].label}: ${problems[path]}`}</FieldError>
        ),
      )}
      <Box variant="small" color="text-body-secondary">
        {ranges.length > 0 && `${ranges.join('; ')}. `}
        {hint}
      </Box>
    </div>
  );
}

const ITEMS = Object.entries(MODES).map(([value, { title }]) => ({ value, label: title }));

/** How far a rule goes. */
export function Mode({ path }: { path: PathOf<'choice'> }) {
  const { form, editable, set } = useEdited();
  const does = useId();
  const value = String(form[path]);
  return (
    <div>
      <RadioGroup
        direction="horizontal"
        ariaLabel={`Mode of “${FIELDS[path].label}”`}
        ariaDescribedby={does}
        readOnly={!editable}
        items={ITEMS}
        value={value}
        onChange={({ detail }) => {
          set(path, detail.value);
        }}
      />
      <div id={does}>
        <Box variant="small" color="text-body-secondary">
          {MODES[value as keyof typeof MODES].about}
        </Box>
      </div>
    </div>
  );
}

/** Something that is on or off, with what it does. */
export function Switch({ path, children }: { path: PathOf<'switch'>; children: ReactNode }) {
  const { form, editable, set } = useEdited();
  return (
    <Toggle
      checked={form[path] === true}
      readOnly={!editable}
      description={children}
      onChange={({ detail }) => {
        set(path, detail.checked);
      }}
    >
      {FIELDS[path].label}
    </Toggle>
  );
}

interface LineProps {
  path: PathOf<'text' | 'email' | 'url'>;
  label: string;
  placeholder?: string;
}

/** A line of text, which may be left out. */
export function Line({ path, label, placeholder = '' }: LineProps) {
  const { form, editable, problems, set } = useEdited();
  const { kind } = FIELDS[path];
  return (
    <FormField label={label} errorText={problems[path]}>
      <Input
        type={kind === 'email' ? 'email' : kind === 'url' ? 'url' : 'text'}
        placeholder={editable ? placeholder : ''}
        readOnly={!editable}
        value={String(form[path])}
        onChange={({ detail }) => {
          set(path, detail.value);
        }}
      />
    </FormField>
  );
}
