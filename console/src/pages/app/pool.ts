/** The user pool's own API, for pages that ask for the password themselves. */

/** What the pool refuses, as it says it. */
export class PoolRefused extends Error {
  override readonly name = 'PoolRefused';
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export interface Tokens {
  AccessToken: string;
  ExpiresIn: number;
  RefreshToken?: string;
}

/** Sign in; the password itself travels, within TLS, so pools of production mostly do not offer this. */
export async function signInByPassword(url: string, clientId: string, username: string, password: string) {
  const parameters = { USERNAME: username, PASSWORD: password };
  return await tokensOf(url, clientId, 'USER_PASSWORD_AUTH', parameters);
}

export async function refreshed(url: string, clientId: string, refreshToken: string): Promise<Tokens> {
  return await tokensOf(url, clientId, 'REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: refreshToken });
}

/** End what a refresh token is good for. */
export async function revoke(url: string, clientId: string, refreshToken: string): Promise<void> {
  await ask(url, 'RevokeToken', { ClientId: clientId, Token: refreshToken });
}

async function tokensOf(url: string, clientId: string, flow: string, parameters: Record<string, string>) {
  const answer = await ask(url, 'InitiateAuth', {
    AuthFlow: flow,
    ClientId: clientId,
    AuthParameters: parameters,
  });
  // Otherwise the pool asks for one more step, such as a new password.
  if (!('AuthenticationResult' in answer)) throw new PoolRefused('ChallengeException', 'One more step.');
  return answer.AuthenticationResult as Tokens;
}

async function ask(url: string, operation: string, body: object): Promise<Record<string, unknown>> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
    },
    body: JSON.stringify(body),
  });
  const said = (await answer.json().catch(() => ({}))) as Record<string, unknown>;
  if (answer.ok) return said;
  throw new PoolRefused(textOf(said.__type).split('#').at(-1) ?? '', textOf(said.message));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
