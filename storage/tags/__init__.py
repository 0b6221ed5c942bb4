"""Tags: hashtags as authors wrote them, and topics by a vocabulary."""
