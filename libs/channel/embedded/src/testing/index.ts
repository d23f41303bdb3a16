/** Telephones and a host in the hands of a test; the suites of other adapters use them too. */
export { SipPhone, type PhoneCall } from './sip-phone.js';
export { TestHost } from './test-host.js';
