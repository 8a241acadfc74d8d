import { useParams } from 'react-router';
import { useMember } from '@/api/members';
import { Loading } from '@/shared/Loading';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { usePageTitle } from '@/shared/title';
import { MemberPage } from './MemberPage';

/** A member's own page. */
export default function Member() {
  const { memberId = '' } = useParams();
  const { data, error, refetch } = useMember(memberId);
  usePageTitle(data && (data.name ?? 'Member without a name'));
  if (data) return <MemberPage member={data} />;
  if (error) {
    return (
      <ProblemAlert error={error} title="The member could not be loaded" onRetry={() => void refetch()} />
    );
  }
  return <Loading what="the member" />;
}
