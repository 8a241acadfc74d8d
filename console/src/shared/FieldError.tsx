import FormField from '@cloudscape-design/components/form-field';

/** What is wrong with an input that has no field of its own around it, such as one within a sentence. */
export function FieldError({ children }: { children: string }) {
  return (
    <div role="alert">
      <FormField errorText={children} />
    </div>
  );
}
