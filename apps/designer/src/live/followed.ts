import { create } from 'zustand';

/** The call that is looked at closely, beside whatever page shows it; null: none. */
export const useFollowed = create<{ readonly call: string | null }>(() => ({ call: null }));

export const followCall = (call: string | null): void => useFollowed.setState({ call });
