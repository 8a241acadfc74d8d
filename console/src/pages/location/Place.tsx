import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { ZoneSelect } from '@/shared/ZoneSelect';
import type { Draft, Problems } from './draft';

export interface PartProps {
  draft: Draft;
  problems: Problems;
  editable: boolean;
  onChange: (change: Partial<Draft>) => void;
}

/** What a location is called, and where it is. */
export function Place({ draft, problems, editable, onChange }: PartProps) {
  return (
    <Container header={<Header variant="h2">Place</Header>}>
      <SpaceBetween size="m">
        <ColumnLayout columns={2}>
          <FormField label="Name" errorText={problems.name}>
            <Input
              readOnly={!editable}
              value={draft.name}
              onChange={({ detail }) => {
                onChange({ name: detail.value });
              }}
            />
          </FormField>
          <FormField
            label="Time zone"
            description="Opening hours are in this time zone."
            errorText={problems.time_zone}
          >
            <ZoneSelect
              readOnly={!editable}
              value={draft.zone}
              onChange={(zone) => {
                onChange({ zone });
              }}
            />
          </FormField>
          <FormField
            label={
              <>
                Latitude <i>– optional</i>
              </>
            }
            description="In degrees, north of the equator positive."
            errorText={problems['position.lat']}
          >
            <Input
              inputMode="decimal"
              readOnly={!editable}
              value={draft.lat}
              onChange={({ detail }) => {
                onChange({ lat: detail.value });
              }}
            />
          </FormField>
          <FormField
            label={
              <>
                Longitude <i>– optional</i>
              </>
            }
            description="In degrees, east of Greenwich positive."
            errorText={problems['position.lon']}
          >
            <Input
              inputMode="decimal"
              readOnly={!editable}
              value={draft.lon}
              onChange={({ detail }) => {
                onChange({ lon: detail.value });
              }}
            />
          </FormField>
        </ColumnLayout>
      </SpaceBetween>
    </Container>
  );
}
