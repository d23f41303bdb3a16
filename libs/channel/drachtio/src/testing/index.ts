/** The two servers in the hands of a test or a measurement. */
export { freePorts } from './free-ports.js';
export { findServers, programOf, type ServerPrograms } from './programs.js';
export { Servers, type ServersOptions } from './servers.js';
