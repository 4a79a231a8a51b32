"use client";
import { useAddress } from "../../lib/use-address.ts";
import { readAddress, writeAddress } from "./page-address.ts";

const form = { read: readAddress, write: writeAddress };

/** What the page of recommendations shows, all of it in its address. */
export const usePageAddress = () => useAddress(form);
