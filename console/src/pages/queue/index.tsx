import LiveRegion from '@cloudscape-design/components/live-region';
import { useCallback, useEffect, useState } from 'react';
import { useFlag, useFlags } from '@/api/flags';
import type { Flag } from '@/api/members';
import { useKeys } from '@/shared/keys';
import { pageOf } from '@/shared/list/list';
import { useListView } from '@/shared/list/useListView';
import { Loading } from '@/shared/Loading';
import { useNarrow } from '@/shared/narrow';
import { useNotify } from '@/shared/notify';
import { Panel } from '@/shared/panel';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { UNBLOCK } from '../member/actions';
import { lastOf, type Last } from './done';
import { Filters } from './Filters';
import { KeysHelp } from './KeysHelp';
import { LastDecision } from './LastDecision';
import { FILTERS, queryOf } from './query';
import { QueueList } from './QueueList';
import { ReviewDialog } from './ReviewDialog';
import { Selected, type OnDone } from './Selected';
import { following, neighbour } from './selection';
import { useSelection } from './useSelection';

/** The flags that wait for a decision, oldest first, and the selected one to decide on. */
export default function Queue() {
  const view = useListView(FILTERS, 'flag');
  const narrow = useNarrow();
  const notify = useNotify();
  const list = pageOf(useFlags(queryOf(view.filters, view.cursor)));
  const [wanted, select] = useSelection();
  const [beside, setBeside] = useState(true);
  const [overtaken, setOvertaken] = useState<string | null>(null);
  const [last, setLast] = useState<Last | null>(null);
  const [undoing, setUndoing] = useState<Flag | null>(null);
  const [helping, setHelping] = useState(false);

  const flags = [...(list.items ?? [])];
  // On a phone the panel covers the list, so there one chooses first.
  const flagId = wanted ?? (narrow ? null : (flags[0]?.flag_id ?? null));
  const listed = flags.find(({ flag_id }) => flag_id === flagId);
  const selected = useFlag(flagId, listed);
  const flag = selected.data ?? null;

  const move = (step: 1 | -1) => () => {
    if (flagId !== null && flag === null) return;
    const there = neighbour(flags, flag, step);
    if (there) void select(there.flag_id);
  };
  const undo = last?.canUndo
    ? () => {
        setUndoing(last.flag);
      }
    : null;
  useKeys({
    // Also when that was the last flag, and no other is selected.
    ...(undo === null ? {} : { u: undo }),
    j: move(1),
    k: move(-1),
    ArrowDown: move(1),
    ArrowUp: move(-1),
    '?': () => {
      setHelping(true);
    },
  });
  useShown(flagId);

  const toggle = useCallback(
    (open: boolean) => {
      if (!narrow) setBeside(open);
      else if (!open) void select(null);
    },
    [narrow, select],
  );
  const onDone: OnDone = async (about, decision, { decided, faster }) => {
    if (faster) {
      setOvertaken(faster.flag_id);
      setBeside(true);
      await select(faster.flag_id);
      return;
    }
    setLast(lastOf(about, decision, decided));
    if (decided.warnings.length > 0) {
      notify({ type: 'warning', header: decided.name ?? 'Blocked', content: decided.warnings.join(' ') });
    }
    if (decision !== UNBLOCK) await select(following(flags, about)?.flag_id ?? null);
  };
  return (
    <>
      <QueueList
        list={list}
        view={view}
        selected={listed}
        line={<LastDecision last={last} onUndo={setUndoing} />}
        filter={<Filters filters={view.filters} onChange={view.change} />}
        onSelect={(chosen) => {
          void select(chosen.flag_id, narrow && wanted === null);
          setBeside(true);
        }}
        onHelp={() => {
          setHelping(true);
        }}
      />
      <LiveRegion hidden>
        {listed && `${listed.member_name ?? 'No name'}: ${listed.evidence.sentence}`}
      </LiveRegion>
      <ProblemAlert error={selected.error} title="The flag could not be loaded" />
      {list.items === undefined && !list.error && flag === null && !narrow && (
        // Its place is kept, so that nothing moves when the first flag is there.
        <Panel title="Review queue" open={beside} onToggle={toggle}>
          <Loading what="the oldest flag" />
        </Panel>
      )}
      {flag && (
        <Selected
          key={flag.flag_id}
          flag={flag}
          listed={listed}
          open={narrow || beside}
          onToggle={toggle}
          overtaken={overtaken === flag.flag_id}
          onDone={onDone}
          canUndo={undo !== null}
          onNext={move(1)}
        />
      )}
      {undoing && (
        <ReviewDialog
          flag={undoing}
          decision={UNBLOCK}
          onDone={(outcome) => onDone(undoing, UNBLOCK, outcome)}
          onClose={() => {
            setUndoing(null);
          }}
        />
      )}
      {helping && (
        <KeysHelp
          onClose={() => {
            setHelping(false);
          }}
        />
      )}
    </>
  );
}

/** Keep the selected row in sight. */
function useShown(flagId: string | null): void {
  useEffect(() => {
    if (flagId === null) return;
    document
      .querySelector(`[data-flag="${CSS.escape(flagId)}"]`)
      ?.closest('tr')
      ?.scrollIntoView({ block: 'nearest' });
  }, [flagId]);
}
