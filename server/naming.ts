// Which register names interactions: put together here, since both the server and the analytics process need it
// and the module that names must not be known to the module that stores.
export { loadNaming } from "#journeys";
