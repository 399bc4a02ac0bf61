import { expect, test } from "vitest";
import { addressInHost, isPublicAddress } from "./outside-address.rules.ts";

test.each([
  ["8.8.8.8", true], ["93.184.216.34", true], ["172.15.255.255", true], ["172.32.0.1", true], ["100.128.0.1", true], ["2606:4700::1111", true], ["2a00:1450:4001::200e", true],
  ["::ffff:8.8.8.8", true], ["64:ff9b::8.8.8.8", true],
  ["127.0.0.1", false], ["127.1.2.3", false], ["0.0.0.0", false], ["10.1.2.3", false], ["172.16.0.1", false], ["172.31.255.255", false], ["192.168.0.1", false],
  ["169.254.169.254", false], ["100.64.0.1", false], ["198.18.0.1", false], ["224.0.0.1", false], ["255.255.255.255", false],
  ["::1", false], ["::", false], ["fe80::1", false], ["fe80::1%eth0", false], ["fc00::1", false], ["fd12:3456::1", false], ["ff02::1", false], ["2001:db8::1", false],
  ["2002:7f00:1::1", false], ["::ffff:127.0.0.1", false], ["::ffff:7f00:1", false], ["64:ff9b::10.0.0.1", false], ["::127.0.0.1", false],
  ["", false], ["localhost", false], ["1.2.3", false], ["1.2.3.256", false], ["1:2", false], ["1::2::3", false],
])("%s is public: %s", (address, isPublic) => {
  expect(isPublicAddress(address)).toBe(isPublic);
});

test.each([["[::1]", "::1"], ["127.0.0.1", "127.0.0.1"], ["example.com", null], ["localhost", null]])("the host %s is the address %s", (host, address) => {
  expect(addressInHost(host)).toBe(address);
});
