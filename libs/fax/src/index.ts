export { detectFaxLibrary, type FaxLibrary } from './library.js';
