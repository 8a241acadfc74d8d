import Button from '@cloudscape-design/components/button';
import { useEffect, useRef, useState } from 'react';
import { useApi } from '@/api/context';
import { readPart, type ReportFilters } from '@/api/reports';
import { useNotify } from '@/shared/notify';
import { Refused } from '@/api/problem';
import { fileName, joined, linesOf, nextQuery } from './file';

interface Props {
  filters: ReportFilters;
}

/** Saves the report, as it is filtered, as one file; its parts are fetched one after the other. */
export function Export({ filters }: Props) {
  const [part, fetching, save, stop] = useExport(filters);
  if (!fetching) {
    return (
      <Button iconName="download" onClick={save}>
        Export CSV
      </Button>
    );
  }
  return <Button onClick={stop}>{part > 1 ? `Stop (part ${part})` : 'Stop'}</Button>;
}

function useExport(filters: ReportFilters): [number, boolean, () => Promise<void>, () => void] {
  const api = useApi();
  const notify = useNotify();
  const [part, setPart] = useState(0);
  const running = useRef<AbortController | null>(null);
  const stop = () => running.current?.abort();
  // Nobody waits any more when the page is gone.
  useEffect(() => stop, []);

  const save = async () => {
    const control = new AbortController();
    running.current = control;
    try {
      const parts: string[] = [];
      let name = '';
      let query: ReportFilters | null = filters;
      while (query) {
        setPart(parts.length + 1);
        const { text, headers } = await readPart(api, query, control.signal);
        parts.push(text);
        name ||= fileName(headers.get('content-disposition'));
        query = nextQuery(headers.get('link'));
      }
      const file = joined(parts);
      saveAs(name, file);
      notify({ type: 'success', header: `${name} is saved`, content: `${linesOf(file)} lines.` });
    } catch (error) {
      if (!control.signal.aborted)
        notify({ type: 'error', header: 'No file was saved', content: words(error) });
    } finally {
      setPart(0);
    }
  };
  return [part, part > 0, save, stop];
}

function words(error: unknown): string {
  if (!(error instanceof Refused)) return 'Something on this page failed. Reload it.';
  return error.requestId === null ? error.message : `${error.message} Request id: ${error.requestId}`;
}

function saveAs(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
