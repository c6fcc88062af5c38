export { type SeenHost, seeHost } from './contexts';
