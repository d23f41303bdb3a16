/** Telephones and a host in the hands of a test; the suites of other adapters use them too. */
export { freePorts } from './free-ports.js';
export { PhoneHarness, type CalleeOptions } from './phone-harness.js';
export { SipPhone, type PhoneCall } from './sip-phone.js';
export { TestHost } from './test-host.js';
