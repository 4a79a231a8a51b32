"use client";
import type { ComponentProps } from "react";
import { PlaceLink } from "../ui/place-link.tsx";
import { type PageAddress, writeAddress } from "./page-address.ts";

/** A place on the recommendations' page. */
export function AddressLink({
  address,
  ...props
}: Omit<ComponentProps<typeof PlaceLink>, "href"> & { address: PageAddress }) {
  return <PlaceLink href={writeAddress(address)} {...props} />;
}
