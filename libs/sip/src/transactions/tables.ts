import type { TransactionTable } from './machine.js';

const FAILED = { to: 'terminated', do: ['report-transport-error'] } as const;
const END = { to: 'terminated' } as const;

/** RFC 3261 section 17.1.1 with the Accepted state of RFC 6026 section 8.4. */
export const INVITE_CLIENT: TransactionTable = {
  name: 'INVITE client',
  states: {
    initial: { begin: { to: 'calling', do: ['send-request'] } },
    calling: {
      'timer-A': { to: 'calling', do: ['send-request'] },
      'timer-B': { to: 'terminated', do: ['report-timeout'] },
      provisional: { to: 'proceeding', do: ['deliver'] },
      success: { to: 'accepted', do: ['deliver'] },
      failure: { to: 'completed', do: ['send-ack', 'deliver'] },
      'transport-error': FAILED,
    },
    proceeding: {
      provisional: { to: 'proceeding', do: ['deliver'] },
      success: { to: 'accepted', do: ['deliver'] },
      failure: { to: 'completed', do: ['send-ack', 'deliver'] },
      'transport-error': FAILED,
    },
    completed: { failure: { to: 'completed', do: ['send-ack'] }, 'timer-D': END, 'transport-error': END },
    accepted: { success: { to: 'accepted', do: ['deliver'] }, 'timer-M': END },
  },
  timers: { calling: ['A', 'B'], completed: ['D'], accepted: ['M'] },
};

/** RFC 3261 section 17.1.2. */
export const CLIENT: TransactionTable = {
  name: 'client',
  states: {
    initial: { begin: { to: 'trying', do: ['send-request'] } },
    trying: {
      'timer-E': { to: 'trying', do: ['send-request'] },
      'timer-F': { to: 'terminated', do: ['report-timeout'] },
      provisional: { to: 'proceeding', do: ['deliver'] },
      success: { to: 'completed', do: ['deliver'] },
      failure: { to: 'completed', do: ['deliver'] },
      'transport-error': FAILED,
    },
    proceeding: {
      'timer-E': { to: 'proceeding', do: ['send-request'] },
      'timer-F': { to: 'terminated', do: ['report-timeout'] },
      provisional: { to: 'proceeding', do: ['deliver'] },
      success: { to: 'completed', do: ['deliver'] },
      failure: { to: 'completed', do: ['deliver'] },
      'transport-error': FAILED,
    },
    completed: { 'timer-K': END },
  },
  timers: { trying: ['E', 'F'], proceeding: ['E', 'F'], completed: ['K'] },
};

/** RFC 3261 section 17.2.1 with the Accepted state of RFC 6026 section 8.5: the owner repeats its own 2xx. */
export const INVITE_SERVER: TransactionTable = {
  name: 'INVITE server',
  states: {
    initial: { begin: { to: 'proceeding', do: ['deliver'] } },
    proceeding: {
      request: { to: 'proceeding', do: ['send-response'] },
      provisional: { to: 'proceeding', do: ['send-response'] },
      success: { to: 'accepted', do: ['send-response'] },
      failure: { to: 'completed', do: ['send-response'] },
      'transport-error': FAILED,
    },
    completed: {
      request: { to: 'completed', do: ['send-response'] },
      'timer-G': { to: 'completed', do: ['send-response'] },
      'timer-H': { to: 'terminated', do: ['report-timeout'] },
      ack: { to: 'confirmed' },
      'transport-error': FAILED,
    },
    confirmed: { 'timer-I': END },
    accepted: {
      success: { to: 'accepted', do: ['send-response'] },
      ack: { to: 'accepted', do: ['deliver'] },
      'timer-L': END,
    },
  },
  timers: { completed: ['G', 'H'], confirmed: ['I'], accepted: ['L'] },
};

/** RFC 3261 section 17.2.2. */
export const SERVER: TransactionTable = {
  name: 'server',
  states: {
    initial: { begin: { to: 'trying', do: ['deliver'] } },
    trying: {
      provisional: { to: 'proceeding', do: ['send-response'] },
      success: { to: 'completed', do: ['send-response'] },
      failure: { to: 'completed', do: ['send-response'] },
    },
    proceeding: {
      request: { to: 'proceeding', do: ['send-response'] },
      provisional: { to: 'proceeding', do: ['send-response'] },
      success: { to: 'completed', do: ['send-response'] },
      failure: { to: 'completed', do: ['send-response'] },
      'transport-error': FAILED,
    },
    completed: {
      request: { to: 'completed', do: ['send-response'] },
      'timer-J': END,
      'transport-error': FAILED,
    },
  },
  timers: { completed: ['J'] },
};

export const TRANSACTION_TABLES = [INVITE_CLIENT, CLIENT, INVITE_SERVER, SERVER] as const;
