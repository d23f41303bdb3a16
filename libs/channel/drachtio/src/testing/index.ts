/** The two servers in the hands of a test or a measurement. */
export { findServers, programOf, type ServerPrograms } from './programs.js';
export { freeServerPorts, Servers, type ServersOptions } from './servers.js';
