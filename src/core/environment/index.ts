export { automaticContext, type SeenHost, seeHost } from './contexts';
