import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import { useState } from 'react';
import { useCreateProgram, type NewProgram } from '@/api/platform';
import { Refused } from '@/api/problem';
import { ConfirmDialog } from '@/shared/ConfirmDialog';
import { useNotify } from '@/shared/notify';
import { regions } from './regions';

const EMPTY = { name: '', region: 'US', email: '', owner: '', subject: '' };

type Values = typeof EMPTY;

const REGIONS = regions();

/** Asks for a new program and its first owner. */
export function CreateDialog({ onClose }: { onClose: () => void }) {
  const { mutateAsync } = useCreateProgram();
  const notify = useNotify();
  const [values, setValues] = useState(EMPTY);
  const set = (change: Partial<Values>) => {
    setValues((before) => ({ ...before, ...change }));
  };
  const create = async () => {
    const { name, program_id } = await mutateAsync(bodyOf(values));
    const content = `Its id is ${program_id}. The owner gets an e-mail with a temporary password.`;
    notify({ type: 'success', header: `${name} is created`, content });
  };
  return (
    <ConfirmDialog title="Create a program" confirm="Create" onConfirm={create} onClose={onClose}>
      <FormField label="Name" description="As its staff know it.">
        <Input
          autoFocus
          value={values.name}
          onChange={({ detail }) => {
            set({ name: detail.value });
          }}
        />
      </FormField>
      <FormField
        label="Region"
        description="Phone numbers without a country code are read as numbers of this region."
      >
        <Select
          filteringType="auto"
          expandToViewport
          options={REGIONS}
          selectedOption={REGIONS.find(({ value }) => value === values.region) ?? null}
          onChange={({ detail }) => {
            set({ region: detail.selectedOption.value ?? '' });
          }}
        />
      </FormField>
      <FormField label="Owner’s e-mail" description="The first owner adds everybody else.">
        <Input
          type="email"
          inputMode="email"
          value={values.email}
          onChange={({ detail }) => {
            set({ email: detail.value });
          }}
        />
      </FormField>
      <FormField label="Owner’s name (optional)">
        <Input
          value={values.owner}
          onChange={({ detail }) => {
            set({ owner: detail.value });
          }}
        />
      </FormField>
      <ExpandableSection headerText="Staff sign in at another identity provider">
        <FormField label="Owner’s subject there" description="The `sub` of their tokens.">
          <Input
            value={values.subject}
            onChange={({ detail }) => {
              set({ subject: detail.value });
            }}
          />
        </FormField>
      </ExpandableSection>
    </ConfirmDialog>
  );
}

function bodyOf({ name, region, email, owner, subject }: Values): NewProgram {
  if (name.trim() === '') throw new Refused('Enter a name for the program.', {});
  if (email.trim() === '') throw new Refused('Enter the e-mail address of the first owner.', {});
  return {
    name: name.trim(),
    region,
    owner: { email: email.trim(), name: owner.trim() || null, subject: subject.trim() || null },
  };
}
