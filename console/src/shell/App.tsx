import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { RouterProvider } from 'react-router/dom';
import { ServicesContext, type Services } from '@/api/context';
import { Refused } from '@/api/problem';
import { useRole } from '@/auth/role';
import { SignedIn } from './SignedIn';
import { newRouter } from './router';

const TRIES = 2;

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // A refusal stays one; what could not be reached or failed is asked for again.
      retry: (count, error) =>
        count < TRIES && !(error instanceof Refused && error.status > 0 && error.status < 500),
    },
  },
});

/** The console, once it is known where the API is and how to sign in. */
export function App({ services }: { services: Services }) {
  return (
    <ServicesContext value={services}>
      <QueryClientProvider client={queries}>
        <SignedIn>
          <Pages />
        </SignedIn>
      </QueryClientProvider>
    </ServicesContext>
  );
}

function Pages() {
  const { may } = useRole();
  const [router] = useState(() => newRouter(may));
  return <RouterProvider router={router} />;
}
