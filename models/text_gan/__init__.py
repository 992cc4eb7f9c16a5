"""Text to picture: a conditional GAN that draws one subject with alpha."""
