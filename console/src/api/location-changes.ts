import { useMutation, useQueryClient } from '@tanstack/react-query';
import { dataOf, type Schemas } from './client';
import { useApi } from './context';
import type { Location } from './locations';

export type LocationDocument = Schemas['LocationDocument'];

/** Add a location, or replace the one with `locationId`. */
export function useSaveLocation(locationId: string | null) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: LocationDocument): Promise<Location> =>
      locationId === null
        ? dataOf(api.POST('/v1/locations', { body }))
        : dataOf(
            api.PUT('/v1/locations/{location_id}', { params: { path: { location_id: locationId } }, body }),
          ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['locations'] }),
  });
}

/** Delete a location. Its check-ins stay. */
export function useDeleteLocation(locationId: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () =>
      dataOf(api.DELETE('/v1/locations/{location_id}', { params: { path: { location_id: locationId } } })),
    // Not waited for: the page is left first, so that it does not say that its location is gone.
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['locations'] });
    },
  });
}
