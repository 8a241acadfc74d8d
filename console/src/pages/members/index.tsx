import Alert from '@cloudscape-design/components/alert';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMembers } from '@/api/members';
import { useSettings } from '@/api/settings';
import { AppLink } from '@/shared/AppLink';
import { Empty } from '@/shared/Empty';
import { pageOf } from '@/shared/list/list';
import { ListPage } from '@/shared/list/ListPage';
import { useListView } from '@/shared/list/useListView';
import { columnsWith, NARROW } from './columns';
import { Filters } from './Filters';
import { countInWords, FILTERS, isAboutFlags, queryOf, withoutFlags } from './query';

/** The members of the program: looked for, filtered, page by page. */
export default function Members() {
  const view = useListView(FILTERS);
  const { filters, change, cursor } = view;
  const settings = useSettings();
  const hidden = settings.data?.document.show_flags_on_members_page === false;
  const aboutFlags = isAboutFlags(filters);
  const used = hidden ? withoutFlags(filters) : filters;
  // Whether flags are a filter here is known only once the settings are.
  const members = useMembers(queryOf(used, cursor), !aboutFlags || !settings.isPending);
  const list = pageOf(members);
  const { items, next } = list;
  return (
    <ListPage
      title="Members"
      list={list}
      view={view}
      filter={
        <SpaceBetween size="s">
          <Filters
            filters={used}
            hidden={hidden}
            onChange={change}
            count={
              items && !members.isPlaceholderData
                ? countInWords(items.length, cursor === undefined && next === null)
                : undefined
            }
          />
          {hidden && aboutFlags && <FlagsAreHidden />}
        </SpaceBetween>
      }
      failed="Members could not be loaded"
      empty={
        <Empty title="There are no members yet">
          Members appear when the app, a kiosk or your own system enrols them.
        </Empty>
      }
      unmatched={{
        title: 'No member matches',
        hint: 'Enter a phone number or your own id in full, or a part of a name.',
      }}
      trackBy="member_id"
      columns={columnsWith({ flags: !hidden })}
      narrow={NARROW}
    />
  );
}

function FlagsAreHidden() {
  return (
    <Alert action={<AppLink href="/queue">Open the review queue</AppLink>}>
      Your program’s settings hide flags on this page, so members are not filtered by them.
    </Alert>
  );
}
