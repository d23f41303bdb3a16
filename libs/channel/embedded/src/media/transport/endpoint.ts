/** Where packets come from or go to. The address is a literal, never a name. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

export const sameEndpoint = (a: Endpoint, b: Endpoint): boolean => a.port === b.port && a.address === b.address;

export const formatEndpoint = ({ address, port }: Endpoint): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
