import { ChatPage } from "../../../../components/chat/chat-page.tsx";

/** The page reads the id from the address itself, so that a new conversation can take its address in place. */
export default function ConversationPage() {
  return <ChatPage />;
}
