import { newDraft } from './draft';
import { LocationForm } from './LocationForm';

/** A location that is not there yet. */
export default function NewLocation() {
  return <LocationForm location={null} initial={newDraft()} />;
}
