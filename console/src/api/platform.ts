import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { dataOf, type Schemas } from './client';
import { useApi } from './context';
import { fullPage } from './pages';

export type Program = Schemas['ProgramView'];
export type NewProgram = Schemas['ProgramBody'];
export type Block = Schemas['BlockView'];

const PROGRAMS = ['platform', 'programs'];
const BLOCKS = ['platform', 'blocks'];

/** A page of programs, closed ones too. */
export function usePrograms(cursor: string | undefined) {
  const api = useApi();
  return useQuery({
    queryKey: [...PROGRAMS, cursor],
    queryFn: () =>
      fullPage(cursor, (query) => dataOf(api.GET('/v1/platform/programs', { params: { query } }))),
    placeholderData: keepPreviousData,
  });
}

export function useCreateProgram() {
  const api = useApi();
  return useChange(PROGRAMS, (body: NewProgram) => dataOf(api.POST('/v1/platform/programs', { body })));
}

/** Close a program, or open it again. */
export function useSetProgram(programId: string, to: 'close' | 'reopen') {
  const api = useApi();
  const params = { path: { program_id: programId } };
  return useChange(PROGRAMS, (reason: string) =>
    dataOf(api.POST(`/v1/platform/programs/{program_id}/${to}`, { params, body: { reason } })),
  );
}

/** A page of the numbers that are blocked everywhere, newest first. */
export function useBlocks(cursor: string | undefined) {
  const api = useApi();
  return useQuery({
    queryKey: [...BLOCKS, cursor],
    queryFn: () => fullPage(cursor, (query) => dataOf(api.GET('/v1/platform/blocks', { params: { query } }))),
    placeholderData: keepPreviousData,
  });
}

export function useBlock() {
  const api = useApi();
  return useChange(BLOCKS, (body: Schemas['BlockBody']) => dataOf(api.POST('/v1/platform/blocks', { body })));
}

export function useLift() {
  const api = useApi();
  return useChange(BLOCKS, (body: Schemas['LiftBody']) =>
    dataOf(api.DELETE('/v1/platform/blocks', { body })),
  );
}

function useChange<Body, Answer>(list: string[], mutationFn: (body: Body) => Promise<Answer>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn,
    // After a refusal too: somebody else may have changed it meanwhile.
    onSettled: () => queries.invalidateQueries({ queryKey: list }),
  });
}
