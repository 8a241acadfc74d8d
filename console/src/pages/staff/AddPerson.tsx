import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useAddPerson } from '@/api/people';
import { isEmail } from '@/pages/settings/form';
import { FormDialog } from '@/shared/FormDialog';
import { useNotify } from '@/shared/notify';
import { ROLES, type StaffRole } from './roles';

/** Adds somebody by their e-mail address and role. */
export function AddPerson({ onClose }: { onClose: () => void }) {
  const { mutateAsync } = useAddPerson();
  const notify = useNotify();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<StaffRole | null>(null);

  const check = () => {
    const problems: Record<string, string> = {};
    if (!isEmail(email.trim())) problems.email = 'Enter an e-mail address such as name@example.com.';
    if (role === null) problems.role = 'Choose a role.';
    return problems;
  };
  const add = async () => {
    if (role === null) return;
    const added = await mutateAsync({
      email: email.trim(),
      role,
      ...(name.trim() === '' ? {} : { name: name.trim() }),
    });
    notify({
      type: 'success',
      header: `${added.name} is added.`,
      content: 'New users get an e-mail with a temporary password.',
    });
  };

  return (
    <FormDialog
      title="Add a person"
      submit="Add"
      fields={['email', 'name', 'role']}
      check={check}
      onSubmit={add}
      onClose={onClose}
    >
      {(problems) => (
        <SpaceBetween size="m">
          <FormField label="E-mail" errorText={problems.email}>
            <Input
              autoFocus
              type="email"
              inputMode="email"
              autoComplete={false}
              value={email}
              onChange={({ detail }) => {
                setEmail(detail.value);
              }}
            />
          </FormField>
          <FormField
            label={
              <>
                Name <i>– optional</i>
              </>
            }
            description="Colleagues see it next to decisions."
            errorText={problems.name}
          >
            <Input
              autoComplete={false}
              value={name}
              onChange={({ detail }) => {
                setName(detail.value);
              }}
            />
          </FormField>
          <FormField label="Role" errorText={problems.role}>
            <RadioGroup
              items={ROLES.map(({ value, label, may }) => ({ value, label, description: may }))}
              value={role}
              onChange={({ detail }) => {
                setRole(detail.value as StaffRole);
              }}
            />
          </FormField>
        </SpaceBetween>
      )}
    </FormDialog>
  );
}
