import type { Role } from './roles.js';

/** Who sends a request: a user with a session, or a program with an API token. */
export interface Principal {
  readonly kind: 'user' | 'token';
  /** Id of the user or of the token. */
  readonly id: string;
  readonly workspaceId: string;
  readonly role: Role;
  /** For the audit: e-mail address of the user, name of the token. */
  readonly label: string;
  /** Empty: everything that the role may. */
  readonly scopes: readonly string[];
  /** The session that ends at logout; null for a token. */
  readonly sessionId: string | null;
  /** The first administrator. */
  readonly owner: boolean;
  /** ISO 8601; null: does not expire. */
  readonly expiresAt: string | null;
}
