"""What is known of Korean and English words: how they are typed, inflected, sounded; pure."""
